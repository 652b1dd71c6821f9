import Kernel

/// Names as Manchester has them, put together by chance.
enum DemonstrationNames {
    struct Pool: Sendable {
        let women: [String]
        let men: [String]
        let families: [String]
    }

    static func pool(of category: EthnicCategory) -> Pool {
        switch category {
        case .pakistani, .bangladeshi, .otherAsian, .whiteAndAsian: muslim
        case .indian: indian
        case .african, .whiteAndBlackAfrican, .otherBlack: african
        case .caribbean, .whiteAndBlackCaribbean: caribbean
        case .chinese: chinese
        case .otherWhite: european
        case .otherEthnicGroup: arab
        default: english
        }
    }

    static let english = Pool(
        women: [
            "Alice", "Beth", "Carol", "Denise", "Emma", "Fiona", "Grace", "Hazel", "Imogen",
            "Joanne", "Karen", "Lauren", "Megan", "Nicola", "Olive", "Paula", "Rachel", "Sheila",
        ],
        men: [
            "Adam", "Barry", "Callum", "Darren", "Edward", "Frank", "Gareth", "Harry", "Ian",
            "Jack", "Kevin", "Lee", "Martin", "Neil", "Oliver", "Peter", "Ryan", "Stephen",
        ],
        families: [
            "Ashworth", "Barlow", "Clegg", "Dyson", "Entwistle", "Fielding", "Greenhalgh",
            "Hargreaves", "Ingham", "Jessop", "Kershaw", "Lomax", "Marsden", "Nuttall", "Ogden",
            "Pilkington", "Ramsbottom", "Schofield", "Tattersall", "Unsworth", "Whittaker", "Doyle",
        ]
    )
    static let muslim = Pool(
        women: [
            "Aisha", "Bushra", "Fatima", "Hina", "Iqra", "Khadija", "Maryam", "Nasreen", "Rukhsana",
            "Saima", "Tahira", "Zainab",
        ],
        men: [
            "Adeel", "Bilal", "Faisal", "Hamza", "Imran", "Junaid", "Kamran", "Nadeem", "Rashid",
            "Shahid", "Tariq", "Usman",
        ],
        families: [
            "Ahmed", "Akhtar", "Begum", "Chaudhry", "Hussain", "Iqbal", "Khan", "Mahmood", "Malik",
            "Miah", "Rahman", "Siddiqui",
        ]
    )
    static let indian = Pool(
        women: ["Anita", "Deepa", "Gita", "Kavita", "Meena", "Priya", "Rekha", "Sunita"],
        men: ["Arjun", "Dinesh", "Gurpreet", "Harish", "Manoj", "Rajesh", "Sanjay", "Vikram"],
        families: ["Desai", "Gill", "Kapoor", "Mistry", "Nair", "Patel", "Sharma", "Singh"]
    )
    static let african = Pool(
        women: [
            "Abeni", "Amina", "Chioma", "Esi", "Folake", "Hodan", "Ngozi", "Sahra", "Temi", "Zola",
        ],
        men: [
            "Abdi", "Chidi", "Emeka", "Femi", "Kofi", "Kwame", "Mohamed", "Sekou", "Tendai",
            "Yusuf",
        ],
        families: [
            "Abdullahi", "Adeyemi", "Boateng", "Chukwu", "Diallo", "Farah", "Mensah", "Moyo",
            "Okafor", "Warsame",
        ]
    )
    static let caribbean = Pool(
        women: ["Beverley", "Charmaine", "Donna", "Jasmine", "Marcia", "Paulette", "Yvonne"],
        men: ["Delroy", "Errol", "Jerome", "Leroy", "Marlon", "Neville", "Winston"],
        families: ["Bailey", "Campbell", "Daley", "Francis", "Gordon", "Morgan", "Reid", "Wright"]
    )
    static let chinese = Pool(
        women: ["Hui", "Jia", "Lan", "Mei", "Ying", "Yan"],
        men: ["Chen", "Hao", "Jun", "Kai", "Ming", "Wei"],
        families: ["Chan", "Cheung", "Lam", "Li", "Liu", "Wang", "Wong", "Zhang"]
    )
    static let european = Pool(
        women: ["Agnieszka", "Elena", "Ioana", "Katarzyna", "Magdalena", "Monika", "Sofia"],
        men: ["Andrei", "Jakub", "Krzysztof", "Marek", "Mihai", "Pavel", "Tomasz"],
        families: ["Dumitru", "Kowalski", "Lewandowski", "Novak", "Popescu", "Silva", "Wojcik"]
    )
    static let arab = Pool(
        women: ["Dalal", "Hanan", "Layla", "Rania", "Samira", "Shirin"],
        men: ["Ali", "Hassan", "Karim", "Omid", "Samir", "Walid"],
        families: ["Aziz", "Haddad", "Karimi", "Mansour", "Nasser", "Saleh"]
    )

    /// Streets that Manchester does not have.
    static let streets = [
        "Alder Bank Road", "Bobbin Street", "Canal Reach", "Dyers Lane", "Elm Croft",
        "Fuller Street", "Gasworks Row", "Heron Close", "Ironmonger Street", "Jenny Lane",
        "Kiln Avenue", "Loom Street", "Mason Terrace", "Northgate Walk", "Old Tram Road",
        "Pinder Street", "Quarry Mount", "Ropewalk", "Shuttle Grove", "Tenter Hill",
    ]
}
